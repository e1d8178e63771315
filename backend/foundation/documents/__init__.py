"""Documents: reports on paper (PDF), tables that leave the house and tables that people bring.

Everything heavy or risky happens in a child process that lives for one document: setting a page,
writing a workbook, opening a file from a stranger. The server neither waits for it nor keeps its
memory, and a file made to do harm can hurt only the child. `workshop.Workshop` is the way in;
lines of CSV need no child (`tables.csv_lines`).

What it does not do: it knows no record and no right. Whoever asks for a document has looked first
at what this person may see, and says so with the data handed in.
"""

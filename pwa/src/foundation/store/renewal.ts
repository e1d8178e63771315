// A way back to the databases for a page that has lost them for good.
//
// WebKit ties a document to the database server it first spoke to. When that process ends (memory,
// a crash, minutes in the background), every request of this document fails from then on with
// "Connection to Indexed Database server lost. Refresh the page to try again", however often the
// database is opened anew. Reloading would heal it and lose the tap that met the failure. A new
// document reaches the new server, and an empty frame is one.

let frame: HTMLIFrameElement | null = null;

/** `dead` is the caller's factory: of two that lost theirs, the second gets what the first made. */
export function renewed(dead: IDBFactory): IDBFactory {
  const made = frame?.contentWindow?.indexedDB;
  if (made && made !== dead) return made;
  frame?.remove();
  frame = document.createElement('iframe');
  frame.hidden = true;
  document.body.append(frame);
  return (frame.contentWindow as Window).indexedDB;
}

"""Organisation: branches and their outlets, business lines, and which days are working days.

A *unit* (机构) is a branch, a sub-branch or a department. An *outlet* (网点) is any point where
customers come, self-service points included; those need nobody on the staff. A *line* (条线) is a
field of business. The *calendar* (工作日历) knows China's holidays and make-up workdays (调休).
"""

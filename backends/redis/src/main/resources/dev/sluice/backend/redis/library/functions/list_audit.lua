-- Lists the audit lines, the latest first.
--
-- Arguments  2 id to start before  3 limit
-- Result  lines (rules/audit.lua), 1 if more follow, else 0
function Functions.list_audit(args)
  local before, limit = args[2], args[3] + 0
  Pages.check('audit')
  local lines = call('ZRANGE', AREA .. 'audit', '(' .. before, '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, limit + 1)
  local more = Pages.cut(lines, limit)
  return { org.seq, 'OK', lines, more and 1 or 0 }
end

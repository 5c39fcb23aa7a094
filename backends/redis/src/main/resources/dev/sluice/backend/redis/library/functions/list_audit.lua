-- Lists the audit lines, the latest first.
--
-- ARGV    2 id to start before  3 limit
-- Result  lines (lib/audit.lua), 1 if more follow, else 0
function Functions.list_audit(args)
  Step.expect('zset', AREA .. 'audit')
  local limit = args[3] + 0
  local lines = call('ZRANGE', AREA .. 'audit', '(' .. args[2], '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, limit + 1)
  local more = #lines > limit
  if more then
    lines[#lines] = nil
  end
  return { org.seq, 'OK', lines, more and 1 or 0 }
end

-- A page of the audit lines, the latest first.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 only those with a lower id than this  3 most
-- Result  seq, 'OK', lines (lib/audit.lua), 1 if more follow, else 0
--
-- USES org audit

expect('zset', AREA .. 'audit')
local limit = ARGV[3] + 0
local lines = call('ZRANGE', AREA .. 'audit', '(' .. ARGV[2], '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, limit + 1)
local more = #lines > limit
if more then
  lines[#lines] = nil
end
return { org.seq, 'OK', lines, more and 1 or 0 }

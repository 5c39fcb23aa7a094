-- A page of queues, by the bytes of their names.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 name that the page before ended with, or ''  3 most
-- Result  seq, 'OK', queues (lib/queue_reply.lua), name that the page ends with if more follow, else ''
--
-- USES org session sessions bucket project oldest queue_reply

local limit = ARGV[3] + 0
local names = call('ZRANGEBYLEX', AREA .. 'queues', ARGV[2] == '' and '-' or '(' .. ARGV[2], '+',
  'LIMIT', 0, limit + 1)
local list = {}
for i = 1, math.min(limit, #names) do
  local ok, reply = pcall(function() return queue_reply(project_of(names[i])) end)
  if ok then
    list[#list + 1] = reply
  end
end
return { org.seq, 'OK', list, #names > limit and names[limit] or '' }

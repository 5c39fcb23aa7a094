-- A page of the workers, by time of registration.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 time and  3 id that the page before ended with, or ''  4 most
-- Result  seq, 'OK', workers (lib/worker_reply.lua), time and id that the page ends with if more
--         follow, else '', ''
--
-- USES org order page worker workers worker_reply

local list, more = page_up(AREA .. 'workers', ARGV[2], ARGV[3], ARGV[4] + 0)
local workers = {}
for i = 1, #list, 2 do
  local ok, reply = pcall(function()
    local w = read_worker(list[i])
    return w and worker_reply(w)
  end)
  if ok and reply then
    workers[#workers + 1] = reply
  end
end
return { org.seq, 'OK', workers, more and list[#list] or '', more and list[#list - 1] or '' }

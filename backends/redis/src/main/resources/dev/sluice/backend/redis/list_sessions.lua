-- A page of the sessions that no longer wait.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 CLAIMED, ENDED or DEAD  3 time and  4 id that the page before ended with, or ''
--         5 most
-- Result  seq, 'OK', sessions (lib/reply.lua), time and id that the page ends with if more follow,
--         else '', ''
--
-- USES org session order page reply sessions_reply

local place = ARGV[2]
local list, more = (place == 'CLAIMED' and page_up or page_down)(
  AREA .. string.lower(place), ARGV[3], ARGV[4], ARGV[5] + 0)
local ids = {}
for i = 1, #list, 2 do
  ids[#ids + 1] = list[i]
end
return { org.seq, 'OK', sessions_reply(ids, function(s) return s.place == place end, 0),
  more and list[#list] or '', more and list[#list - 1] or '' }

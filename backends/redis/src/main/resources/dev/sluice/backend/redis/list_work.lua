-- A page of the waiting work of a project.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 project  3 READY, RETURNED, PARKED or LATER  4 number and  5 id that the page
--         before ended with, or ''; a score has 16 digits  6 most
-- Result  seq, 'OK', sessions (lib/reply.lua), number and id that the page ends with if more follow,
--         else '', ''
--
-- USES org session sessions order page project refs position waiting reply

local project, place = ARGV[2], ARGV[3]
local ids, numbers, more = waiting_page(project, place, ARGV[4], ARGV[5], ARGV[6] + 0)
local list, bytes, last = {}, 0, #ids
local first = first_position(project, place, ids, numbers)
for i = 1, #ids do
  local s = read_session(ids[i], true)
  if s and stands_in(s, project, place) then
    local reply = session_reply(s, fields_of(s), position_in(s, place, first, i))
    bytes = bytes + reply_bytes(reply)
    if #list > 0 and bytes > PAGE_BYTES then
      more, last = true, i - 1
      break
    end
    list[#list + 1] = reply
  end
end
return { org.seq, 'OK', list, more and numbers[last] or '', more and ids[last] or '' }

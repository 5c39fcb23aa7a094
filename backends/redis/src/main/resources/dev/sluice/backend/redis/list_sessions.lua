-- A page of the sessions that no longer wait.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 CLAIMED, ENDED or DEAD  3 time and  4 id that the page before ended with, or ''
--         5 most  6 1 with their items, else 0  7 project that they are of, or '' for all
-- Result  seq, 'OK', sessions (lib/reply.lua), time and id that the page ends with if more follow,
--         else '', ''
--
-- USES org session sessions row order page reply

local place, project = ARGV[2], ARGV[7]
local list, more = (place == 'CLAIMED' and page_up or page_down)(
  AREA .. string.lower(place) .. (project ~= '' and ':' .. project or ''), ARGV[3], ARGV[4], ARGV[5] + 0)
local function read(id)
  if ARGV[6] == '0' then
    return read_row(id)
  end
  return (read_session(id, true))
end
local sessions, bytes, last = {}, 0, #list
for i = 1, #list, 2 do
  local s = read(list[i])
  if s and s.place == place and (project == '' or s.project == project) then
    local reply = session_reply(s, fields_of(s), 0)
    bytes = bytes + reply_bytes(reply)
    if #sessions > 0 and bytes > PAGE_BYTES then
      more, last = true, i - 1
      break
    end
    sessions[#sessions + 1] = reply
  end
end
return { org.seq, 'OK', sessions, more and list[last] or '', more and list[last - 1] or '' }

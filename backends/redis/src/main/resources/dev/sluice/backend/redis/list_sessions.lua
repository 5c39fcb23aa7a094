-- Lists sessions that don't wait.
--
-- ARGV    2 CLAIMED, ENDED or DEAD  3 time and  4 id of the last entry before the page, or ''  5 limit
--         6 1 with items, else 0  7 project or '' for all
-- Result  sessions; time and id of the last entry if more follow, else '', ''

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

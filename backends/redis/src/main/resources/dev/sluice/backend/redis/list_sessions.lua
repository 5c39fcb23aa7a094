-- Lists sessions that don't wait.
--
-- ARGV    2 CLAIMED, ENDED or DEAD  3 time and  4 id of the last entry before the page, or ''  5 limit
--         6 1 with items, else 0  7 project or '' for all
-- Result  sessions; time and id of the last entry if more follow, else '', ''

local place, project = ARGV[2], ARGV[7]
local list, more = (place == 'CLAIMED' and page_up or page_down)(
  AREA .. string.lower(place) .. (project ~= '' and ':' .. project or ''), ARGV[3], ARGV[4], ARGV[5] + 0)
local read = ARGV[6] == '0' and read_row or read_session
local sessions, last = fill_page(list, 2, more, function(id)
  local s = read(id, true)
  return s and s.place == place and (project == '' or s.project == project) and session_reply(s, fields_of(s), 0)
end)
return { org.seq, 'OK', sessions, last and list[last + 1] or '', last and list[last] or '' }

-- Lists sessions that don't wait.
--
-- Arguments  2 CLAIMED, ENDED or DEAD  3 time and  4 id of the last entry before the page, or ''  5 limit
--            6 1 with items, else 0  7 project or '' for all
-- Result  sessions; time and id of the last entry if more follow, else '', ''
function Functions.list_sessions(args)
  local place, time, id_before, limit, with_items, project = unpack(args, 2, 7)
  local index = AREA .. string.lower(place) .. (project ~= '' and ':' .. project or '')
  local page_of = place == 'CLAIMED' and Pages.up or Pages.down
  local list, more = page_of(index, time, id_before, limit + 0)
  local read = with_items == '1' and Sessions.read or Sessions.read_row
  local sessions, last = Sessions.fill_page(list, 2, more, function(id)
    local s = read(id, true)
    return s and s.place == place and (project == '' or s.project == project)
      and Sessions.reply(s, Sessions.fields_of(s), 0)
  end)
  return { org.seq, 'OK', sessions, last and list[last + 1] or '', last and list[last] or '' }
end

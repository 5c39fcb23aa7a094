-- Lists the workers, by time of registration.
--
-- Arguments  2 time and  3 id of the last worker before the page, or ''  4 limit
-- Result  workers; time and id of the last one if more follow, else '', ''
function Functions.list_workers(args)
  local time, id, limit = args[2], args[3], args[4] + 0
  local list, more = Pages.up(AREA .. 'workers', time, id, limit)
  local workers, bytes, last = {}, 0, nil
  for i = 1, #list, 2 do
    local ok, reply = pcall(function()
      local w = Workers.read(list[i])
      return w and Workers.reply(w)
    end)
    if ok and reply then
      bytes = bytes + #table.concat(reply[2])
      if last and bytes > Rules.PAGE_BYTES then
        return { org.seq, 'OK', workers, list[last + 1], list[last] }
      end
      workers[#workers + 1], last = reply, i
    end
  end
  return { org.seq, 'OK', workers, more and list[#list] or '', more and list[#list - 1] or '' }
end

-- Lists the queues of projects, by the bytes of their names.
--
-- Arguments  2 name of the last queue before the page, or ''  3 limit
-- Result  queues, name of the last one if more follow, else ''
function Functions.list_queues(args)
  local after, limit = args[2], args[3] + 0
  local names = call('ZRANGEBYLEX', AREA .. 'queues', after == '' and '-' or '(' .. after, '+', 'LIMIT', 0, limit + 1)
  local more, list = Pages.cut(names, limit), {}
  for _, name in ipairs(names) do
    local ok, reply = pcall(function() return Queues.reply(Queues.of(name)) end)
    list[#list + 1] = ok and reply or nil
  end
  return { org.seq, 'OK', list, more and names[limit] or '' }
end

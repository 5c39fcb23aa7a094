-- Lists the queues of projects, by the bytes of their names.
--
-- ARGV    2 name of the last queue before the page, or ''  3 limit
-- Result  queues, name of the last one if more follow, else ''
function Functions.list_queues(args)
  local limit = args[3] + 0
  local names = call('ZRANGEBYLEX', AREA .. 'queues', args[2] == '' and '-' or '(' .. args[2], '+',
    'LIMIT', 0, limit + 1)
  local list = {}
  for i = 1, math.min(limit, #names) do
    local ok, reply = pcall(function() return Queues.reply(Queues.of(names[i])) end)
    if ok then
      list[#list + 1] = reply
    end
  end
  return { org.seq, 'OK', list, #names > limit and names[limit] or '' }
end

-- Lists the sessions of an issue identifier by the bytes of their ids. The case of letters is ignored.
--
-- Arguments  2 issue identifier  3 id of the last session before the page, or ''  4 limit
-- Result  sessions; '0' and the id of the last entry if more follow, else '', ''
function Functions.list_of_issue(args)
  local wanted, after, limit = string.lower(args[2]), args[3], args[4] + 0
  local key, begin = Sessions.issue_index(wanted)
  local list = call('ZRANGEBYLEX', key, '(' .. begin .. after, '(' .. begin .. '\255', 'LIMIT', 0, limit + 1)
  local more = Pages.cut(list, limit)
  local sessions, last = Sessions.fill_page(list, 1, more, function(entry)
    local s = Sessions.read_row(sub(entry, #begin + 1))
    return s and string.lower(Sessions.identifier_of(s.content)) == wanted and Waiting.reply(s)
  end)
  return { org.seq, 'OK', sessions, last and '0' or '', last and sub(list[last], #begin + 1) or '' }
end

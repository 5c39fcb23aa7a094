-- Lists the sessions of an issue identifier by the bytes of their ids. The case of letters is ignored.
--
-- ARGV    2 issue identifier  3 id of the last session before the page, or ''  4 limit
-- Result  sessions; '0' and the id of the last entry if more follow, else '', ''

local wanted, limit = string.lower(ARGV[2]), ARGV[4] + 0
local key, begin = issue_index(wanted)
local list = call('ZRANGEBYLEX', key, '(' .. begin .. ARGV[3], '(' .. begin .. '\255', 'LIMIT', 0, limit + 1)
local more = #list > limit
list[limit + 1] = nil
local sessions, last = fill_page(list, 1, more, function(entry)
  local s = read_row(sub(entry, #begin + 1))
  return s and string.lower(identifier_of(s.content)) == wanted and session_reply(s, fields_of(s), position_of(s))
end)
return { org.seq, 'OK', sessions, last and '0' or '', last and sub(list[last], #begin + 1) or '' }

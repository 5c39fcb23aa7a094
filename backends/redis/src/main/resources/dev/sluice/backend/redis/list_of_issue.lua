-- Lists the sessions of an issue identifier by the bytes of their ids. The case of letters is ignored.
--
-- ARGV    2 issue identifier  3 id of the last session before the page, or ''  4 limit
-- Result  sessions; '0' and the id of the last entry if more follow, else '', ''

local wanted, limit = string.lower(ARGV[2]), ARGV[4] + 0
local key, begin = issue_index(wanted)
local list = call('ZRANGEBYLEX', key, '(' .. begin .. ARGV[3], '(' .. begin .. '\255', 'LIMIT', 0, limit + 1)
local sessions, bytes, last = {}, 0, math.min(limit, #list)
local more = #list > last
local function reply_of(id)
  local s = read_row(id)
  return s and string.lower(identifier_of(s.content)) == wanted and session_reply(s, fields_of(s), position_of(s))
end
for i = 1, last do
  local reply
  passes(function() reply = reply_of(sub(list[i], #begin + 1)) end)
  if reply then
    bytes = bytes + reply_bytes(reply)
    if #sessions > 0 and bytes > PAGE_BYTES then
      more, last = true, i - 1
      break
    end
    sessions[#sessions + 1] = reply
  end
end
return { org.seq, 'OK', sessions, more and '0' or '', more and sub(list[last], #begin + 1) or '' }

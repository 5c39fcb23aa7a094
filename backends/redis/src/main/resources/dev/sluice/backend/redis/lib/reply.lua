-- A session as an answer: its line, what never changes, its position, the fields of its reports
-- (name, value, name, ...). Java puts it together.

-- The 1-based position of waiting work, in its place already or not, among that of its project; 0
-- beyond EXACT_POSITION.
local function position_of(s)
  local all = { s.set }
  if live_sets + 0 > (refs_of(s.set) > 0 and 1 or 0) then
    all = call('HVALS', AREA .. 'sets')
  end
  local up_to = '(' .. s.score .. '\31' .. s.id
  local before = 0
  for _, set_id in ipairs(all) do
    before = before + call('ZLEXCOUNT', AREA .. 'ready:' .. set_id .. ':' .. s.project, '-', up_to)
    if org.returned ~= '0' then
      before = before + call('ZLEXCOUNT', AREA .. 'returned:' .. set_id .. ':' .. s.project, '-', up_to)
    end
    if before >= EXACT_POSITION then
      return 0
    end
  end
  return before + 1
end

-- Read before the step's first write; a session's answer needs both.
local function read_rest(s)
  local item = call('MGET', AREA .. 'p:' .. s.id)[1]
  if not item then
    return nil
  end
  local fields = s.has_fields == '1' and call('HGETALL', AREA .. 'f:' .. s.id) or {}
  return { item = item, fields = fields }
end

local function session_reply(s, rest, position)
  return { s.id, session_line(s), rest.item, position, rest.fields }
end

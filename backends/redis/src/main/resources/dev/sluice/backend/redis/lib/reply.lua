-- A session as an answer: its line, what never changes, its position, the fields of its reports
-- (name, value, name, ...). Java puts it together.

-- How many entries of a sorted set stand before (score, id).
local function entries_before(key, score, id)
  local low = call('ZCOUNT', key, '-inf', '(' .. score)
  local high = call('ZCOUNT', key, '-inf', score)
  -- Equal scores are ordered by id: look for the place among them.
  while low < high do
    local middle = math.floor((low + high) / 2)
    if bytes_before(call('ZRANGE', key, middle, middle)[1], id) then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

-- 1-based among the waiting work of a project; 0 beyond EXACT_POSITION. The item may be there
-- already or not.
local function position_of(project, set_id, score, id)
  local all = { set_id }
  if sets > (refs_of(set_id) > 0 and 1 or 0) then
    all = call('HVALS', AREA .. 'sets')
  end
  local before = 0
  for _, one in ipairs(all) do
    before = before + entries_before(AREA .. bucket_name('ready', one, project), score, id)
    if returned > 0 then
      before = before + entries_before(AREA .. bucket_name('returned', one, project), score, id)
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

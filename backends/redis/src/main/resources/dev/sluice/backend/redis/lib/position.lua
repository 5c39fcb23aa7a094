-- The 1-based position of ready or returned work among that of its project; 0 beyond EXACT_POSITION,
-- and in other places.
local function position_of(s)
  if s.place ~= 'READY' and s.place ~= 'RETURNED' then
    return 0
  end
  local up_to = '(' .. s.score .. '\31' .. s.id
  local before = 0
  for _, set_id in ipairs((sets_of(s.project))) do
    for _, kind in ipairs(org.returned == '0' and { 'ready' } or { 'ready', 'returned' }) do
      -- A bucket of another type has no work before it, and may be met when all is written.
      local n = redis.pcall('ZLEXCOUNT', AREA .. kind .. ':' .. set_id .. ':' .. s.project, '-', up_to)
      before = before + (type(n) == 'number' and n or 0)
      if before >= EXACT_POSITION then
        return 0
      end
    end
  end
  return before + 1
end

-- The 1-based position of waiting work, in its place already or not, among that of its project; 0
-- beyond EXACT_POSITION.
local function position_of(s)
  local all = { s.set }
  if (refs_of(s.set) > 0 and 1 or 0) < live_sets + 0 then
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

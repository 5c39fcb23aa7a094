-- A worker's heartbeat: renews its lease and notes what it says of itself. Of the snake-case
-- dialect a count that covers its active set accepts all its claims.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 worker  3 credential that registered it, or ''  4 active count
--         5 capacity or ''  6 draining: 0, 1 or ''
-- Result  seq, 'OK', number of waiting items
--      or seq, 'UNKNOWN_WORKER'
--
-- USES org session worker damage

local w = read_worker(ARGV[2])
if not w or ARGV[3] ~= '' and ARGV[3] ~= w.registered_by then
  return { seq, 'UNKNOWN_WORKER' }
end
local accepted, broken = {}, {}
if w.dialect == 'SNAKE_CASE' and tonumber(ARGV[4]) >= w.active then
  for _, field in ipairs(call('HKEYS', w.key)) do
    local id = match(field, '^a:(.*)$')
    local s = id and read_session(id)
    if id and not s then
      broken[#broken + 1] = id
    elseif s and s.place == 'CLAIMED' and s.owner == w.id and s.accept_by ~= '0' then
      accepted[#accepted + 1] = s
    end
  end
  expect('zset', AREA .. 'accepts')
end

sign_of_life(w)
set_worker(w, 'active_count', ARGV[4])
if ARGV[5] ~= '' then
  set_worker(w, 'capacity', ARGV[5])
end
if ARGV[6] ~= '' then
  set_worker(w, 'draining', ARGV[6])
end
for _, s in ipairs(accepted) do
  accept(s)
  write_session(s)
end
write_worker(w)
if #broken > 0 then
  note_damage(broken)
end
commit()
return { seq, 'OK', ready + returned }

-- Renews the lease of a worker and stores what it reports. In the snake-case dialect, a count that covers its active
-- set accepts all its claims.
--
-- ARGV    2 worker  3 credential of the caller or ''  4 active count  5 capacity or ''  6 draining: 0, 1 or ''
-- Result  number of waiting items
-- Refuses UNKNOWN_WORKER

local w = known_worker(ARGV[2], ARGV[3])
if not w then
  return { org.seq, 'UNKNOWN_WORKER' }
end
local accepted, broken, save, settled = {}, {}, nil, nil
if w.dialect == 'SNAKE_CASE' and ARGV[4] - w.active >= 0 then
  -- INSERT
  save, settled = write_session, settle_accept
  for _, id in ipairs(active_set(w)) do
    local s = read_session(id)
    if not s then
      broken[#broken + 1] = id
    elseif s.place == 'CLAIMED' and s.owner == w.id then
      accepted[#accepted + 1] = s
    end
  end
end

sign_of_life(w)
w.set = { 'active_count', ARGV[4] }
if ARGV[5] ~= '' then
  if ARGV[5] - w.capacity > 0 then
    hint('S', w.id)
  end
  w.capacity = ARGV[5]
end
if ARGV[6] ~= '' then
  if w.draining == '1' and ARGV[6] == '0' then
    hint('S', w.id)
  end
  w.draining = ARGV[6]
end
for _, s in ipairs(accepted) do
  note_accept(w, s.claimed)
  if s.accept_by ~= '0' then
    settled(s)
    save(s)
  end
end
write_worker(w)
if #broken > 0 then
  -- INSERT
  note_damage(broken)
end
commit()
return { org.seq, 'OK', org.ready + org.parked + org.later + org.returned }

-- A sign of life of a session by its owner that leaves a line among its activities.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 holder  4 credential the caller is bound to, or ''
--         5 token or 0  6 type  7 body
-- Result  seq, 'OK', id, time
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'; or seq, 'NOT_OWNER', owner or ''
--
-- USES org worker workers session event owner

local s, refusal = read_session(ARGV[2])
if not s then
  return { org.seq, refusal }
end
local as, w = relation(s, ARGV[3], ARGV[4], ARGV[5])
if as == 'NONE' then
  return not_owner(s)
end
local key = AREA .. 'a:' .. s.id
expect('list', key)
local plan, come_back
if as == 'LOST' then
  -- INSERT order bucket project issue queue slots claim taking
  check_slot(s, w.id)
  plan = decide_leave(s, 'claim')
  come_back = take
end

if w then
  sign_of_life(w)
end
if come_back then
  come_back(s, w, plan, true)
  event(s, 'REATTACHED', w.id)
elseif as == 'OWNER' then
  accept(s, w)
end
if s.place == 'CLAIMED' and not in_grace(s) then
  s.updated = NOW
end
s.activities = format('%d', s.activities + 1)
if call('RPUSH', key, s.activities .. '\31' .. NOW .. '\31' .. ARGV[6] .. '\31' .. ARGV[7])
    > MAX_ACTIVITIES then
  call('LTRIM', key, -MAX_ACTIVITIES, -1)
end
write_session(s)
if w then
  write_worker(w)
end
commit()
return { org.seq, 'OK', s.activities, NOW }

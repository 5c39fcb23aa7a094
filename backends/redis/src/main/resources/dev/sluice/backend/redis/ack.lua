-- Acknowledges a message.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 message  4 lane: urgent or normal
--         5 holder, or '' when the caller acts for the org  6 credential it is bound to, or ''
--         7 token or 0
-- Result  seq, 'OK', 1 it was there or 0
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'; or seq, 'NOT_OWNER', owner or ''
--
-- USES org worker workers session event owner slots inbox

local s, refusal = read_session(ARGV[2])
if not s then
  return { org.seq, refusal }
end
local message, lane = ARGV[3], ARGV[4]
local as, w
if ARGV[5] ~= '' then
  as, w = relation(s, ARGV[5], ARGV[6], ARGV[7])
  if as == 'NONE' then
    return not_owner(s)
  end
elseif s.place == 'CLAIMED' then
  w = read_worker(s.owner)
end
check_post(s)
if w then
  check_slot(s, w.id)
end
local offered = sub(lane, 1, 1) .. message
local found = call('ZSCORE', AREA .. lane .. ':' .. s.id, message)
  or call('ZSCORE', AREA .. 'offered:' .. s.id, offered)
local plan, come_back, finish
if as == 'LOST' or found and in_grace(s) and s.stop == message then
  -- INSERT order bucket project issue queue claim taking refs ending
  if as == 'LOST' then
    check_slot(s, w.id)
    plan = decide_leave(s, 'claim')
    come_back = take
  else
    plan = decide_end(s, 'ended')
    finish = release
  end
end
if not found and not (as and w) then
  return { org.seq, 'OK', 0 }
end

if as and w then
  sign_of_life(w)
end
if come_back then
  come_back(s, w, plan, true)
  event(s, 'REATTACHED', w.id)
elseif as == 'OWNER' then
  accept(s, w)
end
if found then
  call('ZREM', AREA .. lane .. ':' .. s.id, message)
  call('ZREM', AREA .. 'offered:' .. s.id, offered)
  call('HDEL', AREA .. 'messages:' .. s.id, message)
  s.unacked = format('%d', s.unacked - 1)
  if s.unacked == '0' and s.place == 'CLAIMED' then
    call('ZREM', AREA .. 'mail:' .. s.owner, s.id)
  end
  if finish then
    finish(s, w, plan)
  end
end
if as ~= 'LAST' then
  write_session(s)
end
if w then
  write_worker(w)
end
commit()
return { org.seq, 'OK', found and 1 or 0 }

-- Acknowledges a message.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 message  4 lane: urgent or normal
--         5 holder, or '' when the caller acts for the org  6 credential it is bound to, or ''
--         7 token or 0
-- Result  seq, 'OK', 1 it was there or 0, and where a holder was named session (lib/reply.lua)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'; or seq, 'NOT_OWNER', owner or ''
--
-- USES org worker workers session sessions event_line event owner slots inbox excerpt acknowledge reply

local held = ARGV[5] ~= ''
local s, refusal = read_session(ARGV[2], held)
if not s then
  return { org.seq, refusal }
end
local as, w, fields
if held then
  as, w = relation(s, ARGV[5], ARGV[6], ARGV[7])
  if as == 'NONE' then
    return not_owner(s)
  end
  fields = fields_of(s)
elseif s.place == 'CLAIMED' then
  w = read_worker(s.owner)
end
check_post(s)
if w then
  check_slot(s, w.id)
end
local message = sub(ARGV[4], 1, 1) .. ARGV[3]
local found = has_message(s, message)
local acked = found and decide_acknowledge(s, { message }, ARGV[5])
local plan, come_back, finish
if as == 'LOST' or found and in_grace(s) and s.stop == ARGV[3] then
  -- INSERT order bucket project issue queue token taking refs ending
  if as == 'LOST' then
    plan = decide_leave(s, 'claim')
    come_back = take
  else
    plan = decide_end(s, 'ended')
    finish = release
  end
end

if found or held and w then
  if held then
    act(s, as, w, come_back, plan)
  end
  if found then
    acknowledge(s, acked)
    if finish then
      finish(s, w, plan, 'acknowledged')
    end
  end
  if as ~= 'LAST' then
    write_session(s)
  end
  if w then
    write_worker(w)
  end
  commit()
end
return { org.seq, 'OK', found and 1 or 0, held and session_reply(s, fields, 0) or nil }

-- Acknowledges a message.
--
-- ARGV    2 session  3 message  4 lane: urgent or normal  5 worker, or '' for the org  6 credential of the caller or ''
--         7 token or 0
-- Result  1 if it was unacknowledged, else 0; the session if a worker was named
-- Refuses UNKNOWN_SESSION, DAMAGED, NOT_OWNER (owner or '')

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
local reattach
if as == 'LOST' then
  -- INSERT
  reattach = decide_reattach(s, w)
end
local finish
if found and in_grace(s) and s.stop == ARGV[3] then
  -- INSERT
  finish = decide_release(s, w)
end

if found or held and w then
  if held then
    act(s, as, w, reattach)
  end
  if found then
    acknowledge(s, acked)
    if finish then
      finish('acknowledged')
    end
  end
  commit_act(s, w, as ~= 'LAST')
end
return { org.seq, 'OK', found and 1 or 0, held and session_reply(s, fields, 0) or nil }

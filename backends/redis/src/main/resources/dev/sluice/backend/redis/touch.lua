-- A sign of life of a session by its owner; a refresh also asks whether to stop.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 holder  4 credential the caller is bound to, or ''
--         5 token or 0  6 1 for a refresh, else 0
-- Result  seq, 'OK', 1 to stop or 0, session (lib/reply.lua)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'; or seq, 'NOT_OWNER', owner or ''
--
-- USES org worker workers session event owner reply

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local as, w = relation(s, ARGV[3], ARGV[4], ARGV[5])
if as == 'NONE' then
  return not_owner(s)
end
local fields = fields_of(s)
local refresh = ARGV[6] == '1'
local stop = in_grace(s) or over(s)
local plan, come_back, finish
if as == 'LOST' or refresh and in_grace(s) and s.stop_told == '1' then
  -- INSERT order bucket project issue queue slots claim taking refs ending
  if as == 'LOST' then
    check_slot(s, w.id)
    plan = decide_leave(s, 'claim')
    come_back = take
  else
    plan = decide_end(s, 'ended')
    finish = release
  end
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
if s.place == 'CLAIMED' then
  if in_grace(s) then
    s.stop_told = refresh and '1' or s.stop_told
  else
    s.updated = NOW
  end
end
if finish then
  finish(s, w, plan)
end
if as ~= 'LAST' then
  write_session(s)
end
if w then
  write_worker(w)
end
if w or as ~= 'LAST' then
  commit()
end
return { org.seq, 'OK', stop and 1 or 0, session_reply(s, fields, 0) }

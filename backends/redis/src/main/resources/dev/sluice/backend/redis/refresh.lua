-- A sign of life of a session by its owner that asks whether to stop, and of the Go daemon also for a
-- message.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 holder  4 credential the caller is bound to, or ''
--         5 token or 0  6 1 if it takes messages this way, else 0  7 message it acknowledges, or ''
-- Result  seq, 'OK', 1 to stop or 0, session (lib/reply.lua), id and content of a message or '', '',
--         time of its offer
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'; or seq, 'NOT_OWNER', owner or ''
--
-- USES org worker workers session sessions event_line event owner reply

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local as, w = relation(s, ARGV[3], ARGV[4], ARGV[5])
if as == 'NONE' then
  return not_owner(s)
end
if w and ARGV[6] == '1' then
  w.dialect = 'GO_DAEMON'
end
local fields = fields_of(s)
local stop = in_grace(s) or over(s)
local was_told = s.stop_told == '1'
local again = in_grace(s) and was_told
local daemon = w and w.dialect == 'GO_DAEMON'

-- Of the inbox: what goes, what is offered, and how.
local going, offer, take_away, broken
if s.unacked ~= '0' and not again and (daemon or ARGV[7] ~= '') then
  -- INSERT inbox excerpt acknowledge
  check_post(s)
  local members, gone = {}, {}
  for _, letter in ipairs(ARGV[7] ~= '' and { 'u', 'n' } or {}) do
    local member = letter .. ARGV[7]
    if has_message(s, member) then
      members[#members + 1], gone[member] = member, true
    end
  end
  if daemon and not gone['u' .. s.stop] then
    for _, member in ipairs(by_age(call('ZRANGE', AREA .. 'nudges:' .. s.id, 0, -1))) do
      if not gone[member] then
        members[#members + 1], gone[member] = member, true
      end
    end
  end
  if members[1] then
    going, take_away = decide_acknowledge(s, members, ARGV[3]), acknowledge
  end
  again = again or gone['u' .. s.stop]
  if daemon and not stop then
    -- INSERT inject
    offer, broken = decide_inject(s, gone, #members)
  end
end
local plan, come_back, finish
if as == 'LOST' or again then
  -- INSERT order bucket project issue queue slots token taking refs ending
  if as == 'LOST' then
    check_slot(s, w.id)
    plan = decide_leave(s, 'claim')
    come_back = take
  else
    plan = decide_end(s, 'ended')
    finish = release
  end
end

act(s, as, w, come_back, plan)
if s.place == 'CLAIMED' then
  if in_grace(s) then
    if not was_told then
      event(s, 'STOP_TOLD', s.owner)
    end
    s.stop_told = '1'
  else
    s.updated = NOW
  end
end
if going then
  take_away(s, going)
end
if offer then
  if offer.from then
    call('ZREM', offer.from, offer.id)
  end
  call('ZADD', AREA .. 'offered:' .. s.id, now + VISIBILITY_MS, offer.letter .. offer.id)
end
if finish then
  finish(s, w, plan, not was_told and 'acknowledged' or nil)
end
if as ~= 'LAST' then
  write_session(s)
end
if w then
  write_worker(w)
end
if broken then
  -- INSERT damage
  note_damage({ 'inbox\31' .. s.id })
end
if w or as ~= 'LAST' then
  commit()
end
return { org.seq, 'OK', stop and 1 or 0, session_reply(s, fields, 0), offer and offer.id or '',
  offer and offer.content or '', NOW }

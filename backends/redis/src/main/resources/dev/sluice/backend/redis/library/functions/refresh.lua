-- Refreshes the lock of a session: a sign of life of its owner, which learns whether to stop and, as a Go daemon, gets
-- a message.
--
-- ARGV    2 session  3 worker  4 credential of the caller or ''  5 token or 0  6 1 if it takes messages this way, else 0
--         7 message that it acknowledges, or ''  8 a message that it gave up on  9 the reason or ''  10 ...
-- Result  1 to stop, else 0; session; id and content of a message or '', ''; time of its offer
-- Refuses UNKNOWN_SESSION, DAMAGED, NOT_OWNER (owner or '')
function Functions.refresh(args)
  local s, refusal = Sessions.read(args[2], true)
  if not s then
    return { org.seq, refusal }
  end
  local as, w = Claims.relation(s, args[3], args[4], args[5])
  if as == 'NONE' then
    return Claims.not_owner(s)
  end
  if w and args[6] == '1' then
    w.dialect = 'GO_DAEMON'
  end
  local fields = Sessions.fields_of(s)
  local stop = Sessions.in_grace(s) or Sessions.over(s)
  local was_told = s.stop_told == '1'
  local again = Sessions.in_grace(s) and was_told
  local daemon = w and w.dialect == 'GO_DAEMON'

  -- The messages that go, and the one to offer.
  local going, offer, take_away, broken
  local given_up = {}
  if s.unacked ~= '0' and not again and (daemon or args[7] ~= '' or args[8]) then
    Inbox.check(s)
    local members, gone = {}, {}
    for _, letter in ipairs(args[7] ~= '' and { 'u', 'n' } or {}) do
      local member = letter .. args[7]
      if Inbox.has(s, member) then
        members[#members + 1], gone[member] = member, true
      end
    end
    if daemon and not gone['u' .. s.stop] then
      for _, member in ipairs(Inbox.by_age(call('ZRANGE', AREA .. 'nudges:' .. s.id, 0, -1))) do
        if not gone[member] then
          members[#members + 1], gone[member] = member, true
        end
      end
    end
    for i = 8, gone['u' .. s.stop] and 0 or #args, 2 do
      for _, letter in ipairs({ 'u', 'n' }) do
        local member = letter .. args[i]
        if member ~= 'u' .. s.stop and not gone[member] and Inbox.has(s, member) then
          members[#members + 1], gone[member], given_up[member] = member, true, args[i + 1]
        end
      end
    end
    if members[1] then
      going, take_away = Inbox.decide_acknowledge(s, members, args[3], given_up), Inbox.acknowledge
    end
    again = again or gone['u' .. s.stop]
    if daemon and not stop then
      offer, broken = Offers.decide_inject(s, gone, #members)
    end
  end
  local reattach
  if as == 'LOST' then
    reattach = Claims.decide_reattach(s, w)
  end
  local finish
  if again then
    finish = Endings.decide_release(s, w)
  end

  Claims.act(s, as, w, reattach)
  if s.place == 'CLAIMED' then
    if Sessions.in_grace(s) then
      if not was_told then
        Timelines.event(s, 'STOP_TOLD', s.owner)
      end
      s.stop_told = '1'
    else
      s.updated = NOW
    end
  end
  if going then
    take_away(s, going)
    for _, member in ipairs(going.members) do
      local reason = given_up[member]
      if reason then
        Timelines.event(s, 'UNDELIVERABLE', args[3], sub(member, 2) .. (reason ~= '' and ' ' .. reason or ''))
      end
    end
  end
  if offer then
    if offer.from then
      call('ZREM', offer.from, offer.id)
    end
    call('ZADD', AREA .. 'offered:' .. s.id, now + Rules.VISIBILITY_MS, offer.letter .. offer.id)
  end
  if finish then
    finish(not was_told and 'acknowledged' or nil)
  end
  if broken then
    Step.note_damage({ 'inbox\31' .. s.id })
  end
  Claims.commit(s, w, as ~= 'LAST')
  return { org.seq, 'OK', stop and 1 or 0, Sessions.reply(s, fields, 0), offer and offer.id or '',
    offer and offer.content or '', NOW }
end

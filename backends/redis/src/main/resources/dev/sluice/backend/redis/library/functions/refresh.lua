-- A refresh in its state:
--   s                the session
--   daemon           true if a Go daemon may get a message
--   told             an earlier refresh told it of the stop
--   members, gone    members that it acknowledges, as a list and as a set
--   given_up         the reasons, by member, of those that it gave up on instead
--   offer            the message to offer, or nil
--   unreadable       true if that is damaged

-- The worker acknowledges a message, or gives up on it for a reason.
local function acknowledge(r, member, reason)
  if not r.gone[member] and Inbox.has(r.s, member) then
    table.insert(r.members, member)
    r.gone[member], r.given_up[member] = true, reason
  end
end

-- Finds the messages that go: the one that it acknowledges, nudges of a daemon, which it gets no other way, and those
-- that it gave up on. The last ones can't be its stop.
local function find_members(r, args)
  local s, message = r.s, args[7]
  local stop = 'u' .. s.stop
  for _, lane in ipairs(message ~= '' and Inbox.LANES or {}) do
    acknowledge(r, Inbox.member(lane, message))
  end
  if r.gone[stop] then
    return
  end
  for _, member in ipairs(r.daemon and Inbox.by_age(call('ZRANGE', AREA .. 'nudges:' .. s.id, 0, -1)) or {}) do
    acknowledge(r, member)
  end
  for i = 8, #args, 2 do
    for _, lane in ipairs(Inbox.LANES) do
      local member = Inbox.member(lane, args[i])
      if member ~= stop then
        acknowledge(r, member, args[i + 1])
      end
    end
  end
end

-- Decides about messages. `stop`: the answer tells the worker to stop. Returns a plan for those that go, or nil.
local function decide_messages(r, args, stop)
  local s, worker, plan = r.s, args[3], nil
  if s.unacked == '0' or Sessions.in_grace(s) and r.told or not (r.daemon or args[7] ~= '' or args[8]) then
    return nil
  end
  Inbox.check(s)
  find_members(r, args)
  if r.members[1] then
    plan = Inbox.decide_acknowledge(s, r.members, worker, r.given_up)
  end
  if r.daemon and not stop then
    r.offer, r.unreadable = Offers.decide_inject(s, r.gone, #r.members)
  end
  return plan
end

-- Notes on the session what this call tells its worker.
local function note_told(r)
  local s = r.s
  if Sessions.in_grace(s) then
    if not r.told then
      Timelines.event(s, 'STOP_TOLD', s.owner)
    end
    s.stop_told = '1'
  elseif s.place == 'CLAIMED' then
    s.updated = NOW
  end
end

-- Acknowledges the messages that go, and offers the next one.
local function write_messages(r, plan, worker)
  local s, offer = r.s, r.offer
  if plan then
    Inbox.acknowledge(s, plan)
  end
  for _, member in ipairs(r.members) do
    local reason = r.given_up[member]
    if reason then
      Timelines.event(s, 'UNDELIVERABLE', worker, sub(member, 2) .. (reason ~= '' and ' ' .. reason or ''))
    end
  end
  if offer then
    if offer.from then
      call('ZREM', offer.from, offer.id)
    end
    call('ZADD', AREA .. 'offered:' .. s.id, now + Rules.VISIBILITY_MS, offer.member)
  end
end

-- Refreshes the lock of a session: a sign of life of its owner, which learns whether to stop and, as a Go daemon, gets
-- a message.
--
-- Arguments  2 session  3 worker  4 credential of the caller or ''  5 token or 0  6 1 if it takes messages this way,
--            else 0  7 message that it acknowledges, or ''  8 a message that it gave up on  9 the reason or ''  10 ...
-- Result  1 to stop, else 0; session; id and content of a message or '', ''; time of its offer
-- Refuses UNKNOWN_SESSION, DAMAGED, NOT_OWNER (owner or ''), NOT_REPLACED
function Functions.refresh(args)
  local session, worker, credential, token, takes_messages = unpack(args, 2, 6)
  local s, refusal = Sessions.read_row(session)
  if not s then
    return { org.seq, refusal }
  end
  local as, w = Claims.relation(s, worker, credential, token)
  if as == 'NONE' then
    return Claims.not_owner(s)
  end
  if w and takes_messages == '1' then
    w.dialect = 'GO_DAEMON'
  end
  local r = {
    s = s, daemon = w and w.dialect == 'GO_DAEMON', told = s.stop_told == '1', members = {}, gone = {}, given_up = {},
  }
  local fields = Sessions.fields_of(s)
  local stop = Sessions.in_grace(s) or Sessions.over(s)
  local plan = decide_messages(r, args, stop)
  local reattach = Claims.decide_reattach(s, as, w)
  -- A worker that was told of the stop before, or acknowledges it, has stopped.
  local stopped = Sessions.in_grace(s) and r.told or r.gone['u' .. s.stop]
  local finish = stopped and Endings.decide_release(s, w)

  Claims.act(s, as, w, reattach)
  note_told(r)
  write_messages(r, plan, worker)
  if finish then
    finish(not r.told and 'acknowledged' or nil)
  end
  if r.unreadable then
    Step.note_damage({ 'inbox\31' .. s.id })
  end
  Claims.commit(s, w, as ~= 'LAST')
  local offer = r.offer or { id = '', content = '' }
  return { org.seq, 'OK', stop and 1 or 0, Sessions.reply(s, fields, 0), offer.id, offer.content, NOW }
end

-- Calls that may come again, since their answers may be lost.
--
--   {org}:call:<id>  string, for CALL_MS: the id of the call, a blank, the checksum of its content, a blank, its answer
--                    as MessagePack
--
-- A call that comes again gets the answer of its first run, before anything else is looked at. The record of a worker
-- remembers its polls and heartbeats instead (rules/workers.lua).

-- True if a remembered call, or false, is this one. Refuses an id that was used for another call.
local function is_this_call(known)
  local id = match(CALL, '^%S+ ')
  if not known or sub(known, 1, #id) ~= id then
    return false
  elseif sub(known, 1, #CALL + 1) ~= CALL .. ' ' then
    error(format('SLUICE-CALL %s %s', org.seq, id), 0)
  end
  return true
end

-- Returns the session in an answer, as Sessions.reply makes it, or nil.
local function session_in(reply)
  for _, part in ipairs(reply) do
    if type(part) == 'table' and type(part[5]) == 'table' then
      return part
    end
  end
  return nil
end

-- Returns the answer that a remembered call, or false, has got, if it is this call; else nil.
function RepeatedCalls.answer_to(known)
  if not is_this_call(known) then
    return nil
  end
  local reply = cmsgpack.unpack(sub(known, #CALL + 2))
  local session = session_in(reply)
  if session then
    session[3] = call('GET', AREA .. 'p:' .. session[1]) or Sessions.NO_CONTENT
  end
  return reply
end

-- Returns this call as it is remembered, without the content of a session, which has a key of its own.
function RepeatedCalls.remembered(reply)
  local session, content = session_in(reply), nil
  if session then
    content, session[3] = session[3], ''
  end
  local packed = CALL .. ' ' .. cmsgpack.pack(reply)
  if session then
    session[3] = content
  end
  return packed
end

local function key_of_call()
  return AREA .. 'call:' .. match(CALL, '^%S+')
end

-- Returns the first answer to this call, or nil.
function RepeatedCalls.first_answer()
  return RepeatedCalls.answer_to(call('GET', key_of_call()))
end

-- Remembers the answer to a call that changed something.
function RepeatedCalls.remember(reply)
  if org.written then
    call('SET', key_of_call(), RepeatedCalls.remembered(reply), 'PX', Rules.CALL_MS)
  end
end

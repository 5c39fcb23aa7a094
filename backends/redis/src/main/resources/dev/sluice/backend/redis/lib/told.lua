-- What a poll of a snake-case worker acknowledges: the messages that polls told it of last.

-- Acknowledges them; `w` is the worker. Adds names of damaged sessions to `broken`, and answers whether
-- anything was written.
local function acknowledge_told(w, broken)
  local sessions, wrote = redis.pcall('ZRANGE', AREA .. 'mail:' .. w.id, 0, -1), false
  if sessions.err then
    return false
  end
  table.sort(sessions, bytes_before)
  for _, session in ipairs(sessions) do
    if not passes(function()
      local s = read_session(session)
      if not s then
        return false
      elseif s.told == '0' or s.place ~= 'CLAIMED' or s.owner ~= w.id then
        return true
      end
      check_post(s)
      local list, mine, plan = call('HGETALL', AREA .. 'told:' .. session), {}, nil
      for i = 1, #list, 2 do
        if list[i + 1] == w.id then
          mine[#mine + 1] = list[i]
          if list[i] == 'u' .. s.stop then
            plan = decide_end(s, 'ended')
          end
        end
      end
      if mine[1] then
        acknowledge(s, decide_acknowledge(s, by_age(mine), w.id))
        if plan then
          release(s, w, plan, 'acknowledged')
        end
        write_session(s)
        wrote = true
      end
    end) then
      broken[#broken + 1] = session
    end
  end
  return wrote
end

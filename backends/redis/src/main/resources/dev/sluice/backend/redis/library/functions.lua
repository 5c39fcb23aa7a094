-- Registers the functions. Below this file the library has a line for each of them, such as `reads('counts')`: LuaScript
-- has the list. LIBRARY is the name of the library, with which all names of functions begin, since they are unique on a
-- server.
--
-- The key of a function is the hash of its org. Its first argument is the time, or '' for the server's; the last one of
-- functions that are remembered is the call. A function answers { seq, 'OK', ... } or { seq, name of a refusal, ... }.

-- These work on a closed org.
local MOVES = { close = true, open = true, import = true, discard = true }

-- By name, what carries out a call of a step that has begun.
local runs = {}

local function register(name, flag, run)
  redis.register_function({ function_name = LIBRARY .. '_' .. name, callback = run, flags = { flag } })
end

local function refuse_closed(name)
  if org_closed and not MOVES[name] then
    Closures.refuse()
  end
end

-- A step of one call.
local function step_of(name, when_full)
  return function(keys, args)
    full = when_full
    Step.begin(keys[1], args[1])
    local reply = runs[name](args)
    Step.flush()
    return reply
  end
end

-- Registers a function that changes something. `frees`: it frees memory, so a full Redis carries it out too, under a second
-- name. Redis refuses others before they begin.
local function register_change(name, frees, run)
  runs[name] = run
  register(name, nil, step_of(name, false))
  if frees then
    register(name .. '_when_full', 'allow-oom', step_of(name, true))
  end
end

-- Changes nothing.
local function reads(name)
  register(name, 'no-writes', function(keys, args)
    Step.begin(keys[1], args[1])
    return Functions[name](args)
  end)
end

-- Changes the org. It isn't sent again, or tells by itself that it was carried out.
local function changes(name, frees)
  register_change(name, frees, function(args)
    refuse_closed(name)
    return Functions[name](args)
  end)
end

-- As `changes`. The call is the last argument; the record of the worker remembers it.
local function changes_worker(name)
  register_change(name, false, function(args)
    CALL, args[#args] = args[#args], nil
    refuse_closed(name)
    return Functions[name](args)
  end)
end

-- Changes the org. The call is the last argument, and is remembered for a while.
local function remembers(name, frees)
  register_change(name, frees, function(args)
    CALL, args[#args] = args[#args], nil
    local reply = RepeatedCalls.first_answer()
    if not reply then
      refuse_closed(name)
      org.written = false
      reply = Functions[name](args)
      RepeatedCalls.remember(reply)
    end
    return reply
  end)
end

-- Belongs to no org.
local function of_no_org(name)
  register(name, nil, function(keys, args)
    return Functions[name](keys, args)
  end)
end

-- Belongs to no org. A full server carries it out too, and one that takes no writes, under a second name, as far as it
-- reads.
local function announces(name)
  register(name, 'allow-oom', function(keys, args)
    reading = false
    return Functions[name](keys, args)
  end)
  register(name .. '_reading', 'no-writes', function(keys, args)
    reading = true
    return Functions[name](keys, args)
  end)
end

-- The answer to one of several calls.
local function reply_to(name, args)
  hinted = nil
  local ok, reply = pcall(runs[name], args)
  if ok then
    return reply
  end
  return { err = type(reply) == 'table' and reply.err or tostring(reply) }
end

-- Carries out several calls on an org in one step, one after the other, each decided on what those before it have left. The
-- org is read and written once. A call that fails doesn't keep the others from being carried out.
--
-- Arguments  1 time  2 ... for each call the name of its function, the number of its arguments, and those but the time
-- Result     the answers, or the errors
register('calls', nil, function(keys, args)
  full = false
  Step.begin(keys[1], args[1])
  local replies, at = {}, 2
  while args[at] do
    local name, number = args[at], tonumber(args[at + 1])
    replies[#replies + 1] = reply_to(name, { args[1], unpack(args, at + 2, at + 1 + number) })
    at = at + 2 + number
  end
  Step.flush()
  return replies
end)

-- Registers the functions. Below this file the library has a line for each of them, such as `reads('counts')`: LuaScript
-- has the list. LIBRARY is the name of the library, with which all names of functions begin, since they are unique on a
-- server.
--
-- The key of a function is the hash of its org. Its first argument is the time, or '' for the server's; the last one of
-- functions that are remembered is the call. A function answers { seq, 'OK', ... } or { seq, name of a refusal, ... }.

-- These work on a closed org.
local MOVES = { close = true, open = true, import = true, discard = true }

local function register(name, flag, run)
  redis.register_function({ function_name = LIBRARY .. '_' .. name, callback = run, flags = { flag } })
end

-- Registers a function that changes something. `frees`: it frees memory, so a full Redis carries it out too, under a second
-- name. Redis refuses others before they begin.
local function register_change(name, frees, run)
  register(name, nil, function(keys, args)
    full = false
    return run(keys, args)
  end)
  if frees then
    register(name .. '_when_full', 'allow-oom', function(keys, args)
      full = true
      return run(keys, args)
    end)
  end
end

local function begin(name, keys, args)
  Step.begin(keys[1], args[1])
  if org_closed and not MOVES[name] then
    Closures.refuse()
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
  register_change(name, frees, function(keys, args)
    begin(name, keys, args)
    return Functions[name](args)
  end)
end

-- As `changes`. The call is the last argument; the record of the worker remembers it.
local function changes_worker(name)
  register_change(name, false, function(keys, args)
    CALL, args[#args] = args[#args], nil
    begin(name, keys, args)
    return Functions[name](args)
  end)
end

-- Changes the org. The call is the last argument, and is remembered for a while.
local function remembers(name, frees)
  register_change(name, frees, function(keys, args)
    CALL, args[#args] = args[#args], nil
    Step.begin(keys[1], args[1])
    local reply = RepeatedCalls.first_answer()
    if not reply then
      if org_closed and not MOVES[name] then
        Closures.refuse()
      end
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

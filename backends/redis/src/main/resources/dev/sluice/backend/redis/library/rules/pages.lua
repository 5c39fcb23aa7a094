-- Lists: how they are filled and split, their orders, and pages of sorted sets. Members of a sorted set that have the
-- same score are in byte order.

-- Refuses the step if one of these keys of the org isn't a sorted set.
function Pages.check(...)
  for _, name in ipairs({ ... }) do
    Step.expect('zset', AREA .. name)
  end
end

function Pages.append(list, ...)
  for _, value in ipairs({ ... }) do
    list[#list + 1] = value
  end
end

-- Calls a function with the values of a list, a thousand at once, since Redis takes a bounded number of arguments.
function Pages.each_part(list, run)
  for i = 1, #list, 1000 do
    run(unpack(list, i, math.min(i + 999, #list)))
  end
end

-- Makes a table by name from a list of names and values.
function Pages.map_of(list)
  local map = {}
  for i = 1, #list, 2 do
    map[list[i]] = list[i + 1]
  end
  return map
end

-- True if a list of names, separated by RS, has this one.
function Pages.has_name(list, name)
  return find('\30' .. list .. '\30', '\30' .. name .. '\30', 1, true) ~= nil
end

-- Compares unsigned bytes. Lua's < follows the server's locale.
function Pages.bytes_before(a, b)
  for i = 1, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then
      return x < y
    end
  end
  return #a < #b
end

-- Compares entries, <score, 16 digits> US <session>. Digits have the same order in every locale.
function Pages.entry_before(a, b)
  local x, y = sub(a, 1, 16), sub(b, 1, 16)
  if x == y then
    return Pages.bytes_before(a, b)
  end
  return x < y
end

-- Cuts a list to this size. True if it was longer.
function Pages.cut(list, size)
  local longer = #list > size
  for i = #list, size + 1, -1 do
    list[i] = nil
  end
  return longer
end

-- Returns the rank of the first member after (number, name), or of the first of all if `name` is ''. `before` counts
-- the members before it instead. This is a binary search among members of the same score.
local function rank_behind(key, number, name, before)
  if name == '' then
    return before and call('ZCARD', key) or 0
  end
  local low, high = call('ZCOUNT', key, '-inf', '(' .. number), call('ZCOUNT', key, '-inf', number)
  while low < high do
    local middle = math.floor((low + high) / 2)
    local member = call('ZRANGE', key, middle, middle)[1]
    if Pages.bytes_before(member, name) or not before and member == name then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

-- Returns up to `limit` members after (number, name): member, score, ... And true if more follow.
function Pages.up(key, number, name, limit)
  local from = rank_behind(key, number, name, false)
  local list = call('ZRANGE', key, from, from + limit, 'WITHSCORES')
  return list, Pages.cut(list, 2 * limit)
end

-- Returns the page before (number, name), the last member first.
function Pages.down(key, number, name, limit)
  local to = rank_behind(key, number, name, true)
  local first = math.max(0, to - limit)
  local some, list = to > 0 and call('ZRANGE', key, first, to - 1, 'WITHSCORES') or {}, {}
  for i = #some - 1, 1, -2 do
    Pages.append(list, some[i], some[i + 1])
  end
  return list, first > 0
end

-- The order of entries and heads: lib/bucket.lua.

-- By unsigned bytes. Lua's own < follows the locale of the server.
local function bytes_before(a, b)
  local x, y, i = 0, 0, 0
  repeat
    i = i + 1
    x, y = string.byte(a, i), string.byte(b, i)
  until x ~= y or not x
  return (x or -1) < (y or -1)
end

-- Whether one is handed out before the other. Digits have one order in every locale.
local function entry_before(a, b)
  local x, y = sub(a, 1, 16), sub(b, 1, 16)
  if x == y then
    return bytes_before(a, b)
  end
  return x < y
end

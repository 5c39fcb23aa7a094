-- A new token of a claim: larger than all before, and telling the time.
local function next_token()
  local next, last = now * 1024, org.token + 0
  if last >= next then
    next = last + 1
  end
  org.token = format('%d', next)
  return org.token
end

-- Sessions of which the item is missing.

-- Ends one; `w` is its worker, if it is claimed. Answers false if its records are damaged.
local function give_up(session, w)
  return passes(function()
    local s = read_session(session)
    if not s then
      return false
    end
    die(s, w, decide_end(s, 'dead'), 'ITEM_MISSING')
    write_session(s)
  end)
end

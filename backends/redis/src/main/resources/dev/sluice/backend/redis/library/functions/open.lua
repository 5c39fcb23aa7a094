-- Ends a closure of the org. Takes no sequence number without an audit line.
--
-- Arguments  2 closure  3 ... audit line (rules/audit.lua)
-- Result  1 if it stood, else 0
function Functions.open(args)
  local known = Closures.standing()
  if not known or known.id ~= args[2] then
    return { org.seq, 'OK', 0 }
  end
  Audit.check(args)

  org_closed = false
  Step.set_field('closure', false)
  call('UNLINK', AREA .. 'import')
  local line = Audit.write(args)
  Step.commit(not line)
  return { org.seq, 'OK', 1 }
end

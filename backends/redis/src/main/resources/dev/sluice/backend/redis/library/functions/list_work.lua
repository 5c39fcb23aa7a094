-- Lists the waiting work of a project.
--
-- Arguments  2 project  3 READY, RETURNED, PARKED or LATER  4 number (a score has 16 digits) and  5 id of the last
--            entry  before the page, or ''  6 limit
-- Result  sessions; number and id of the last one if more follow, else '', ''
function Functions.list_work(args)
  return Waiting.answer(args,
    function(id) return (Sessions.read(id, true)) end,
    function(_, reply) return reply end)
end

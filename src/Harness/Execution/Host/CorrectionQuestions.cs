using System.Text.Json;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;

namespace Dfx.Harness.Execution.Host;

/// <summary>Asks corrections, in a worker of its own, whether they can work: once for all seeds. The worker is started for the first question.</summary>
/// <param name="start">Starts a worker.</param>
/// <param name="cache">Where data and features are kept.</param>
internal sealed class CorrectionQuestions(Func<WorkerProcess> start, string cache) : IDisposable
{
    private readonly Dictionary<string, CorrectionAnswer> _answers = new(StringComparer.Ordinal);
    private WorkerProcess? _worker;

    /// <summary>What the correction says. One that crashes, or throws something else than its reasons, says nothing here: its job will tell.</summary>
    internal CorrectionAnswer Ask(CorrectionQuestion question)
    {
        var asked = question with { Source = question.Source with { Seed = 0 } };
        var key = JsonSerializer.Serialize(asked, MessageJson.Default.CorrectionQuestion);
        if (!_answers.TryGetValue(key, out var answer))
        {
            _worker ??= start();
            answer = _worker.Check(asked, cache);
            _answers.Add(key, answer);
            if (!_worker.IsAlive)
            {
                Dispose();
            }
        }

        return answer;
    }

    public void Dispose()
    {
        _worker?.Dispose();
        _worker = null;
    }
}

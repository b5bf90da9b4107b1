using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Execution;

/// <summary>The desk of the one cell of a matrix, in a folder of its own. What is made until it is disposed is disposed with it.</summary>
internal sealed class CellDesk : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly WorkerSession _session;

    internal CellDesk(params ReadOnlySpan<(string Key, string? Value)> changes)
    {
        var results = new ResultsFolder(_scratch.Path);
        results.Create();
        _session = new(_scratch.At("cache/x")[..^2]);
        Desk = new(Plans.Make(Matrices.Read(changes)).Cells.Single(), _session, results, torch.CPU, new Silent(), 100, CancellationToken.None);
    }

    internal JobDesk Desk { get; }

    internal string At(string relative) => _scratch.At(relative);

    public void Dispose()
    {
        _session.Dispose();
        _scope.Dispose();
        _scratch.Dispose();
    }
}

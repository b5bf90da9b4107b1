using BenchmarkDotNet.Attributes;

namespace Dfx.Benchmarks;

/// <summary>What a call costs beside its arithmetic: operations on four numbers.</summary>
[MemoryDiagnoser]
public class DispatchBenchmarks
{
    private torch.Tensor _a = null!;
    private torch.Tensor _b = null!;
    private IDisposable _outside = null!;

    [GlobalSetup]
    public void Setup()
    {
        torch.set_num_threads(1);
        (_a, _b) = (torch.ones(4), torch.ones(4));
        _outside = torch.no_grad();
    }

    [GlobalCleanup]
    public void Cleanup() => _outside.Dispose();

    [Benchmark]
    public void Add()
    {
        using var c = _a + _b;
    }

    [Benchmark]
    public void AddInScope()
    {
        using var scope = torch.NewDisposeScope();
        _ = _a + _b;
    }

    [Benchmark]
    public void MultiplyByNumber()
    {
        using var c = _a * 2.0;
    }

    [Benchmark]
    public void AddInPlace() => _a.add_(_b);

    [Benchmark]
    public void View()
    {
        using var c = _a.view(2, 2);
    }
}

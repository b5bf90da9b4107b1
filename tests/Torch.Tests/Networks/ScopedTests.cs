namespace Dfx.Torch.Tests.Networks;

/// <summary>Tests whose tensors end with the test, so that no test hands memory to the next one.</summary>
public abstract class ScopedTests
{
    private DisposeScope? _scope;

    [SetUp]
    public void OpenScope()
    {
        torch.manual_seed(20240607).Dispose();
        _scope = torch.NewDisposeScope();
    }

    [TearDown]
    public void CloseScope() => _scope?.Dispose();
}

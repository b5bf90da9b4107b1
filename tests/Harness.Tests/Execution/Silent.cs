using Dfx.Sdk;

namespace Dfx.Harness.Tests.Execution;

/// <summary>Progress that nobody sees.</summary>
internal sealed class Silent : IProgressHost
{
    public void Report(long done, long total, string? note = null)
    {
    }
}

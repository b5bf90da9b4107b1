namespace Dfx.Sdk.Internal;

/// <summary>Counts nothing.</summary>
internal sealed class NoMeter : IEvaluationMeter
{
    public void Count(NetworkCard network, long rows, bool trains)
    {
    }
}

namespace Dfx.Diffusion;

/// <summary>
/// Counts the images that go through the main trainee's network in training mode, where it runs: a loss may feed it with more or fewer than the
/// batch has, such as patches. Whoever counted before is told as before.
/// </summary>
internal sealed class MainRows : IEvaluationMeter, IDisposable
{
    private readonly UNet? _network;
    private readonly IEvaluationMeter _before = IEvaluationMeter.None;

    internal MainRows(torch.nn.Module network)
    {
        _network = network.modules().Prepend(network).OfType<UNet>().FirstOrDefault();
        if (_network is not null)
        {
            (_before, _network.Meter) = (_network.Meter, this);
        }
    }

    /// <summary>Rows so far; null if the network is none that tells.</summary>
    internal long? Count => _network is null ? null : Rows;

    private long Rows { get; set; }

    void IEvaluationMeter.Count(NetworkCard network, long rows, bool trains)
    {
        _before.Count(network, rows, trains);
        Rows += trains ? rows : 0;
    }

    public void Dispose()
    {
        if (_network is not null)
        {
            _network.Meter = _before;
        }
    }
}

namespace Dfx.Torch.Tests.Training;

/// <summary>Denoising training of the tiny U-Net, every random number from one generator and libtorch's seed.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly torch.Generator _generator;
    private readonly torch.optim.Optimizer _optimizer;

    internal TrainingRun(long seed)
    {
        torch.manual_seed(seed);
        _generator = new torch.Generator((ulong)seed);
        Net = new TinyUNet();
        _optimizer = torch.optim.Adam(Net.parameters(), 1e-3);
    }

    internal TinyUNet Net { get; }

    /// <summary>One step; the loss before it.</summary>
    internal double Step()
    {
        using var scope = torch.NewDisposeScope();
        var clean = torch.rand(4, 1, 8, 8, generator: _generator);
        var sigma = torch.rand(4, 1, generator: _generator);
        var noisy = clean + (sigma.view(4, 1, 1, 1) * torch.randn(4, 1, 8, 8, generator: _generator));
        _optimizer.zero_grad();
        var loss = torch.nn.functional.mse_loss(Net.call(noisy, sigma), clean);
        loss.backward();
        torch.nn.utils.clip_grad_norm_(Net.parameters(), 1.0);
        _optimizer.step();
        return loss.ToDouble();
    }

    /// <summary>The bits of all parameters.</summary>
    internal byte[] Parameters() => [.. Net.parameters().SelectMany(p => p.bytes.ToArray())];

    public void Dispose()
    {
        _optimizer.Dispose();
        Net.Dispose();
        _generator.Dispose();
    }
}

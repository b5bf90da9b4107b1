using Dfx.Diffusion;
using Dfx.Numerics;

namespace Dfx.Benchmarks.Edm;

/// <summary>A training step and a sampling step of DDPM++: 32 channels, multipliers 1, 2, 2, one block, attention at 16; 64 images of 3×32×32.</summary>
internal sealed class EdmTrainer : IDisposable
{
    private const int Batch = 64;
    private readonly FlatParameters _flat;
    private readonly torch.optim.Optimizer _optimizer;

    internal EdmTrainer(Precision precision)
    {
        var settings = new NetworkSettings { Channels = 32, Multipliers = [1, 2, 2], Blocks = 1, Attention = [16] };
        Network = UNets.Create(settings, new(new DataShape(3, 32, 32)), 1, precision: precision);
        torch.manual_seed(1);
        (X, Labels) = (torch.randn(Batch, 3, 32, 32), torch.randn(Batch));
        _flat = new([.. Network.parameters()]);
        _optimizer = torch.optim.Adam([_flat.Values], 1e-4);
    }

    internal Dfx.Diffusion.UNet Network { get; }

    internal torch.Tensor X { get; }

    internal torch.Tensor Labels { get; }

    internal void Forward()
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        Network.call(X, Labels, null);
    }

    internal void Step()
    {
        using var scope = torch.NewDisposeScope();
        _flat.Gradients.fill_(0);
        torch.nn.functional.mse_loss(Network.call(X, Labels, null), X).backward();
        _optimizer.step();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _flat.Dispose();
        Network.Dispose();
        X.Dispose();
        Labels.Dispose();
    }
}

namespace Dfx.Torch.Modules;

/// <summary>PyTorch's default initialisation of linear and convolutional layers.</summary>
internal static class Initial
{
    /// <summary>Weight and bias uniform in ± 1 / √fan_in, the fan taken from the weight [out, in, kernel…].</summary>
    internal static void Uniform(Tensor weight, Tensor? bias)
    {
        torch.nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is not null)
        {
            var bound = 1 / Math.Sqrt(Math.Max(1, torch.nn.init.CalculateFanInAndFanOut(weight).fanIn));
            torch.nn.init.uniform_(bias, -bound, bound);
        }
    }
}

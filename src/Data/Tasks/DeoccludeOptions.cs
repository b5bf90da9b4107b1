using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Data.Tasks;

/// <summary>The parameters of <see cref="DeoccludeTask"/>.</summary>
/// <param name="Most">The most things that are pasted over an image; the fewest is one.</param>
/// <param name="Mask">Whether it is known which pixels are hidden.</param>
public sealed record DeoccludeOptions(
    [Description("The most things that are pasted over an image; the fewest is one.")][Range(1, 8)] int Most = 2,
    [Description("Tell the network and the sampler which pixels are hidden.")] bool Mask = false);

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="PfgmppMethod"/>.</summary>
/// <param name="Dimension">D, the number of augmented dimensions; 2048 and 128 are the paper's best. Large ones are EDM.</param>
/// <param name="Prior">What sampling starts from.</param>
public sealed record PfgmppOptions(
    [Description("D, the number of augmented dimensions; without limit it is EDM.")][Range(3, 1e9)] double Dimension = 2048,
    [Inference][Description("What sampling starts from: student, the noise of the training, or gaussian, as EDM does.")] PfgmppPrior Prior = PfgmppPrior.Student);

/// <summary>What sampling starts from, times sigma.</summary>
public enum PfgmppPrior
{
    /// <summary>The heavy-tailed noise that the network was trained on, as in the paper.</summary>
    Student,

    /// <summary>Normal noise: EDM's prior, which is that of D without limit.</summary>
    Gaussian,
}

namespace Dfx.Torch;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>An optimizer with two decay rates.</summary>
        public interface IBetas
        {
            /// <summary>Decay rates of the averages of gradients and of their squares.</summary>
            (double, double) Betas { get; set; }
        }
    }
}

namespace Dfx.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initialisations, in place and outside of the graph. Draws come from the generator, or from libtorch's default one.</summary>
        public static class init
        {
            /// <summary>Which extent a variance is kept over.</summary>
            public enum FanInOut
            {
                /// <summary>Inputs of an output: keeps the variance of the forward pass.</summary>
                FanIn = 0,

                /// <summary>Outputs of an input: keeps the variance of the backward pass.</summary>
                FanOut = 1,
            }

            /// <summary>The activation that follows, which decides the gain.</summary>
            public enum NonlinearityType
            {
                /// <summary>None: gain 1.</summary>
                Linear = 0,

                /// <summary>Sigmoid: gain 1.</summary>
                Sigmoid = 7,

                /// <summary>Hyperbolic tangent: gain 5/3.</summary>
                Tanh = 8,

                /// <summary>Rectifier: gain √2.</summary>
                ReLU = 9,

                /// <summary>Leaky rectifier of slope a: gain √(2 / (1 + a²)).</summary>
                LeakyReLU = 10,
            }

            /// <summary>Inputs of an output and outputs of an input of a weight [out, in, kernel…].</summary>
            /// <exception cref="ArgumentException">Fewer than two dimensions.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                {
                    throw new ArgumentException($"A fan needs at least two dimensions, got [{string.Join(", ", shape)}].", nameof(tensor));
                }

                var field = shape.Skip(2).Aggregate(1L, (a, b) => a * b);
                return (shape[1] * field, shape[0] * field);
            }

            /// <summary>The factor that keeps a variance through an activation.</summary>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + (param * param))),
                _ => 1,
            };

            /// <summary>Uniform draws from [low, high).</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Outside(() => tensor.uniform_(low, high, generator));

            /// <summary>Normal draws.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Outside(() => tensor.normal_(mean, std, generator));

            /// <summary>One value.</summary>
            public static Tensor constant_(Tensor tensor, Scalar val) => Outside(() => tensor.fill_(val));

            /// <summary>0.</summary>
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            /// <summary>1.</summary>
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            /// <summary>Glorot and Bengio 2010: uniform in ± gain √(6 / (fan_in + fan_out)).</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                var bound = gain * Math.Sqrt(6.0 / (fanIn + fanOut));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Glorot and Bengio 2010: normal with variance 2 gain² / (fan_in + fan_out).</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return normal_(tensor, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
            }

            /// <summary>He et al. 2015: uniform in ± gain √(3 / fan).</summary>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3) * KaimingStd(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>He et al. 2015: normal with standard deviation gain / √fan.</summary>
            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingStd(tensor, a, mode, nonlinearity));

            private static double KaimingStd(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static Tensor Outside(Func<Tensor> change)
            {
                using var outside = no_grad();
                return change();
            }
        }
    }
}
